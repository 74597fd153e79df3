import type { Flag } from '../../../../src/chain/analysis';
import { Icon } from './Icon';
import { Section } from './Section';

/** Everything a reader of the numbers has to know about them. */
export function Cautions({ flags }: { readonly flags: readonly Flag[] }) {
  if (flags.length === 0) return null;
  return (
    <Section
      title={flags.length === 1 ? '1 caution' : `${flags.length} cautions`}
      testId="sts-flags"
    >
      <ul className="sts-cautions">
        {flags.map((flag, index) => (
          <li key={`${flag.code}-${index}`} data-code={flag.code}>
            <Icon name="caution" />
            <span>{flag.message}</span>
          </li>
        ))}
      </ul>
    </Section>
  );
}
