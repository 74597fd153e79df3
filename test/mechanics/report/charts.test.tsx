import { renderToStaticMarkup } from 'react-dom/server';
import { KaplanMeierChart } from '../../../charts/KaplanMeierChart';
import { LineChart } from '../../../charts/LineChart';
import { linearScale, roundTicks } from '../../../charts/scale';

const curve = {
  name: 'low risk',
  steps: [
    { time: 4, survival: 0.8, low: 0.5, high: 0.9, censored: 0 },
    { time: 9, survival: 0.8, low: 0.5, high: 0.9, censored: 1 },
  ],
  atRisk: [5, 4],
};

test('a chart has a title, a description and its numbers as a table', () => {
  const html = renderToStaticMarkup(
    <KaplanMeierChart
      title="Groups"
      description="Two of them."
      endpoint="Without event"
      times={[0, 6]}
      curves={[curve]}
    />,
  );
  expect(html).toContain('role="img"');
  expect(html).toMatch(/<title id="[^"]+">Groups<\/title><desc id="[^"]+">Two of them\.<\/desc>/);
  expect(html).toContain('<th scope="row">low risk</th><td>100 %</td><td>80 %</td><td>5, 4</td>');
});

test('two charts on one page do not share ids', () => {
  const chart = (
    <LineChart
      title="Line"
      description="One."
      xLabel="x"
      yLabel="y"
      x={[0, 1]}
      y={[0, 1]}
      lines={[{ name: 'a', points: [[0, 0]] }]}
      table={{ columns: ['a'], rows: [['b']] }}
    />
  );
  const html = renderToStaticMarkup(
    <>
      {chart}
      {chart}
    </>,
  );
  const ids = [...html.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
  expect(new Set(ids).size).toBe(ids.length);
});

test.each([
  [0, 1, 5, [0, 0.2, 0.4, 0.6, 0.8, 1]],
  [-0.05, 0.6, 5, [0, 0.2, 0.4, 0.6]],
  [31, 82, 5, [40, 60, 80]],
])('round ticks between %s and %s', (from, to, count, ticks) => {
  expect(roundTicks(from, to, count)).toEqual(ticks);
});

test('a scale of no width stays finite', () => {
  expect(linearScale([3, 3], [0, 100])(3)).toBe(0);
});
