import { useId } from 'react';
import type { ResultsProps } from './ResultsSection';

export function OverlayControls({ service, session }: ResultsProps) {
  const id = useId();
  const study = session.facts.studyInstanceUid;
  const { visible, opacity } = session.overlay;
  return (
    <div className="sts-overlay">
      <label className="sts-check">
        <input
          type="checkbox"
          data-testid="sts-overlay-toggle"
          checked={visible}
          onChange={({ target }) => service.setOverlayVisible(study, target.checked)}
        />
        Show in the images
      </label>
      <label className="sts-visually-hidden" htmlFor={id}>
        Opacity of the habitats
      </label>
      <input
        id={id}
        type="range"
        min={5}
        max={100}
        step={5}
        disabled={!visible}
        value={Math.round(opacity * 100)}
        aria-valuetext={`${Math.round(opacity * 100)} %`}
        onChange={({ target }) => service.setOverlayOpacity(study, Number(target.value) / 100)}
      />
    </div>
  );
}
