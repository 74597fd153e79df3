/** The covariates of `cox`: columns of numbers, and categories as 0/1 columns against their first level. */
import { InputError } from '../src/chain/errors';
import { outcomeColumn, type OutcomeTable } from './outcomeTable';

export interface Covariate {
  readonly name: string;
  readonly values: readonly number[];
}

/**
 * @param factors those of `names` that hold categories; the reference is the level that sorts first,
 *   numbers by size (R's treatment contrasts)
 */
export function coxCovariates(
  outcome: OutcomeTable,
  names: readonly string[],
  factors: readonly string[],
): Covariate[] {
  const stranger = factors.find((name) => !names.includes(name));
  if (stranger !== undefined) {
    throw new InputError(
      'TABLE_INVALID',
      `“${stranger}” of --factors is not one of the --covariates: name it there, too.`,
    );
  }
  return names.flatMap((name) =>
    factors.includes(name)
      ? levelColumns(outcome, name)
      : [{ name, values: numbers(outcome, name) }],
  );
}

function levelColumns({ table, rows }: OutcomeTable, name: string): Covariate[] {
  const cells = rows.map((row) => table.rows[row][name]);
  const levels = [...new Set(cells)].sort(byNumberOrText);
  if (levels.length < 2) {
    throw new InputError(
      'MODEL_FIT',
      `The covariate ${name} has one level only (“${levels[0]}”): leave it out of the Cox model.`,
    );
  }
  return levels.slice(1).map((level) => ({
    name: `${name}=${level}`,
    values: cells.map((cell) => (cell === level ? 1 : 0)),
  }));
}

function byNumberOrText(a: string, b: string): number {
  const difference = Number(a) - Number(b);
  return Number.isNaN(difference) ? (a < b ? -1 : 1) : difference;
}

function numbers(outcome: OutcomeTable, name: string): number[] {
  const { table, rows } = outcome;
  const text = rows.find((row) => !Number.isFinite(Number(table.rows[row][name])));
  if (text === undefined) return outcomeColumn(outcome, name);
  throw new InputError(
    'TABLE_INVALID',
    `${table.file}, row ${text + 1}, column “${name}” holds “${table.rows[text][name]}”: give a number, or name the column in --factors when it holds categories.`,
  );
}
