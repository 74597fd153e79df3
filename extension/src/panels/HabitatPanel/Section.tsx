import type { ReactNode } from 'react';
import { useId } from 'react';

export interface SectionProps {
  readonly title: string;
  readonly testId?: string;
  /** Stands at the right of the title, for example a button. */
  readonly aside?: ReactNode;
  readonly children: ReactNode;
}

export function Section({ title, testId, aside, children }: SectionProps) {
  const id = useId();
  return (
    <section className="sts-section" aria-labelledby={id} data-testid={testId}>
      <header>
        <h2 id={id}>{title}</h2>
        {aside}
      </header>
      <div className="sts-section-body">{children}</div>
    </section>
  );
}
