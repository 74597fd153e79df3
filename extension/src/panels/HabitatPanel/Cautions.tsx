import type { Flag } from '../../../../src/chain/analysis';
import { Icon } from './Icon';
import { Section } from './Section';

/** More than this many would push the numbers out of sight; the rest is one click away. */
const ALWAYS_SHOWN = 4;

/** Everything a reader of the numbers has to know about them. */
export function Cautions({ flags }: { readonly flags: readonly Flag[] }) {
  if (flags.length === 0) return null;
  const title = flags.length === 1 ? '1 caution' : `${flags.length} cautions`;
  const shown = flags.length > ALWAYS_SHOWN ? flags.slice(0, ALWAYS_SHOWN - 1) : flags;
  const rest = flags.slice(shown.length);
  return (
    <Section title={title} testId="sts-flags">
      <List flags={shown} />
      {rest.length > 0 && (
        <details>
          <summary>{rest.length} more</summary>
          <List flags={rest} />
        </details>
      )}
    </Section>
  );
}

function List({ flags }: { readonly flags: readonly Flag[] }) {
  return (
    <ul className="sts-cautions">
      {flags.map((flag) => (
        <li key={`${flag.code} ${flag.message}`} data-code={flag.code}>
          <Icon name="caution" />
          <span>{flag.message}</span>
        </li>
      ))}
    </ul>
  );
}
