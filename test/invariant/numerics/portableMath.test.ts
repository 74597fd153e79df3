import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { createHash } from 'node:crypto';
import { cos, exp, log, sin } from '../../../src/numerics/portableMath';

const generator = xoroshiro128plus(21);
const uniform = (from: number, to: number): number =>
  from + (to - from) * uniformFloat64(generator);
const arguments_ = (from: number, to: number): Float64Array =>
  Float64Array.from({ length: 20_000 }, () => uniform(from, to));

/** Both implementations are within one unit in the last place of the truth. */
const TWO_UNITS = 2 * Number.EPSILON;

it.each([
  ['exp', exp, Math.exp, arguments_(-700, 700)],
  ['exp of small numbers', exp, Math.exp, arguments_(-1, 1)],
  ['log', log, Math.log, arguments_(-600, 600).map(Math.exp)],
  ['log around 1', log, Math.log, arguments_(0.5, 2)],
])('%s is that of the engine but for the last bits', (_, own, engine, values) => {
  for (const x of values) {
    expect(Math.abs(own(x) - engine(x))).toBeLessThanOrEqual(TWO_UNITS * Math.abs(engine(x)));
  }
});

it('sin and cos are those of the engine but for the last bits', () => {
  for (const x of arguments_(-1000, 1000)) {
    expect(Math.abs(sin(x) - Math.sin(x))).toBeLessThanOrEqual(Number.EPSILON);
    expect(Math.abs(cos(x) - Math.cos(x))).toBeLessThanOrEqual(Number.EPSILON);
  }
});

it('keep to the limits of the functions', () => {
  expect([exp(0), exp(-Infinity), exp(Infinity), exp(NaN)]).toEqual([1, 0, Infinity, NaN]);
  expect([log(1), log(0), log(-1), log(Infinity), log(NaN)]).toEqual([
    0,
    -Infinity,
    NaN,
    Infinity,
    NaN,
  ]);
  expect(log(Number.MIN_VALUE)).toBeCloseTo(-744.44, 2);
  expect([sin(0), cos(0)]).toEqual([0, 1]);
  expect(Math.abs(cos(Math.PI / 2))).toBeLessThan(1e-16);
});

it('give these very bits in every engine', () => {
  const points = Float64Array.from({ length: 4000 }, (_, i) => (i - 2000) / 97);
  const values = [exp, sin, cos, (x: number) => log(x * x + 0.1)].map((f) => points.map(f));
  const hash = createHash('sha256');
  for (const { buffer } of values) hash.update(new Uint8Array(buffer));
  expect(hash.digest('hex')).toBe(
    '1eb7a09fdc281487ad1452d66fa1f3a15e7affe7c06f82d701be8a3156612a2e',
  );
});
