import type { ReactNode } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { STYLE } from './style';

export const RESEARCH_STATEMENT =
  'Research use only. Not a medical device. Not validated for clinical decisions.';

interface PageProps {
  readonly title: string;
  readonly subtitle: string;
  readonly children: ReactNode;
}

/** One HTML file that needs nothing else: no script, no font, no network. */
export function renderPage(props: PageProps): string {
  return `<!doctype html>\n${renderToStaticMarkup(<Page {...props} />)}\n`;
}

function Page({ title, subtitle, children }: PageProps) {
  return (
    <html lang="en">
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta
          httpEquiv="Content-Security-Policy"
          content="default-src 'none'; style-src 'unsafe-inline'"
        />
        <title>{title}</title>
        <style dangerouslySetInnerHTML={{ __html: STYLE }} />
      </head>
      <body>
        <main>
          <h1>{title}</h1>
          <div className="subtitle">{subtitle}</div>
          <div className="research" role="note">
            {RESEARCH_STATEMENT}
          </div>
          {children}
          <footer>
            {RESEARCH_STATEMENT} Associations, not causes; no advice on treatment. No coefficients
            of the published model are available: this model knows only its own training patients.
          </footer>
        </main>
      </body>
    </html>
  );
}

export function Section({
  title,
  children,
}: {
  readonly title: string;
  readonly children: ReactNode;
}) {
  return (
    <section>
      <h2>{title}</h2>
      {children}
    </section>
  );
}

export function Cautions({ messages }: { readonly messages: readonly string[] }) {
  if (messages.length === 0) return <p>None.</p>;
  return (
    <ul className="cautions">
      {messages.map((message) => (
        <li key={message}>{message}</li>
      ))}
    </ul>
  );
}

export function KeyFigures({
  figures,
}: {
  readonly figures: readonly (readonly [label: string, value: string])[];
}) {
  return (
    <div className="key">
      {figures.map(([label, value]) => (
        <div key={label}>
          <b>{value}</b>
          <span>{label}</span>
        </div>
      ))}
    </div>
  );
}

export function Facts({
  facts,
}: {
  readonly facts: readonly (readonly [term: string, value: ReactNode])[];
}) {
  return (
    <dl>
      {facts.map(([term, value]) => (
        <div key={term} style={{ display: 'contents' }}>
          <dt>{term}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
