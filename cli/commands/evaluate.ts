import { Command } from 'commander';
import {
  evaluateScore,
  type GroupEvaluation,
  type ScoreEvaluation,
} from '../../src/survival/evaluateScore';
import type { Concordance } from '../../src/survival/concordance';
import { numberList, oneNumber } from '../options';
import { numberColumn, readTable } from '../table';

interface Options {
  readonly table: string;
  readonly time: string;
  readonly event: string;
  readonly score: string;
  readonly horizons: number[];
  readonly tau?: number;
  readonly cut?: number;
  readonly json?: boolean;
}

export function evaluateCommand(): Command {
  return new Command('evaluate')
    .description('Discrimination and calibration of any risk score in a table.')
    .requiredOption('--table <file>', 'CSV, a row for each patient')
    .requiredOption('--time <column>', 'follow-up time')
    .requiredOption('--event <column>', '1 event, 0 censored')
    .requiredOption('--score <column>', 'a higher value means an earlier event')
    .option('--horizons <times>', 'in the unit of the time column', numberList, [12, 24, 36])
    .option(
      '--tau <time>',
      "last time that Uno's C looks at (default: the last horizon)",
      oneNumber,
    )
    .option('--cut <value>', 'compare the rows above the value with the rest', oneNumber)
    .option('--json', 'print a machine-readable result')
    .action(async (options: Options) => {
      const table = await readTable(options.table);
      const evaluation = evaluateScore(
        { time: numberColumn(table, options.time), event: numberColumn(table, options.event) },
        numberColumn(table, options.score),
        {
          horizons: options.horizons,
          tau: options.tau ?? Math.max(...options.horizons),
          ...(options.cut === undefined ? {} : { cut: options.cut }),
        },
      );
      process.stdout.write(
        options.json ? `${JSON.stringify(evaluation, null, 1)}\n` : describe(evaluation),
      );
    });
}

function describe(evaluation: ScoreEvaluation): string {
  const lines = [
    `${evaluation.rows} rows, ${evaluation.events} events`,
    `Harrell C        ${concordance(evaluation.harrell)}`,
    `Uno C (to ${evaluation.uno.tau})     ${concordance(evaluation.uno)}`,
    `Calibration slope ${fixed(evaluation.calibrationSlope.slope)} (SE ${fixed(evaluation.calibrationSlope.standardError)})`,
    ...evaluation.horizons.map((entry) =>
      entry.auc === null || entry.brier === null || entry.brierKaplanMeier === null
        ? `At ${entry.horizon}: ${entry.reason ?? 'not evaluable'}`
        : `At ${entry.horizon}: AUC ${fixed(entry.auc)} (${interval(entry.aucInterval)}), Brier ${fixed(entry.brier)} (Kaplan-Meier ${fixed(entry.brierKaplanMeier)})`,
    ),
  ];
  const ibs = evaluation.integratedBrier;
  if (ibs) {
    lines.push(
      `Integrated Brier 0 to ${ibs.to}: ${fixed(ibs.score)} (Kaplan-Meier ${fixed(ibs.kaplanMeier)}, explained ${fixed(ibs.explained)})`,
    );
  }
  lines.push('Brier scores: probabilities of a Cox model of the score fitted on this table.');
  if (evaluation.groups) lines.push(...describeGroups(evaluation.groups));
  return `${lines.join('\n')}\n`;
}

function describeGroups(evaluation: GroupEvaluation): string[] {
  return [
    ...evaluation.groups.map(
      (group) =>
        `${group.group} (${group.group === 'high' ? '>' : '<='} ${evaluation.cut}): ${group.rows} rows, ${group.events} events, expected ${fixed(group.expectedEvents)}; ` +
        group.survival.map((step) => `S(${step.horizon}) ${fixed(step.survival)}`).join(', '),
    ),
    `Log-rank chi-squared ${fixed(evaluation.chiSquared)}, p ${evaluation.p.toPrecision(3)}`,
  ];
}

function concordance(value: Concordance): string {
  return `${fixed(value.c)} (SE ${fixed(value.standardError)}, 95 % CI ${interval(value.interval)})`;
}

function interval(limits: readonly [number, number] | null): string {
  return limits ? `${fixed(limits[0])} to ${fixed(limits[1])}` : 'no interval';
}

function fixed(value: number): string {
  return value.toFixed(4);
}
