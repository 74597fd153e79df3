import { css, type LabelColour } from '../../charts/habitatColours';

export function Swatch({ colour, text }: { readonly colour: LabelColour; readonly text: string }) {
  return (
    <span className="sts-swatch" style={{ background: css(colour), color: colour.ink }}>
      {text}
    </span>
  );
}
