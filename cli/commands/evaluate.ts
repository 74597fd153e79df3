import { Command } from 'commander';
import type { Concordance } from '../../src/survival/concordance';
import type { GroupEvaluation } from '../../src/survival/evaluateGroups';
import { evaluateScore, type ScoreEvaluation } from '../../src/survival/evaluateScore';
import { numberList, oneNumber } from '../options';
import { outcomeColumn, outcomeNotes, readOutcome } from '../outcomeTable';
import { readTable } from '../table';

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
    .requiredOption('--event <column>', '1 event, 0 censored; also 2 and 1, or TRUE and FALSE')
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
      const outcome = readOutcome(await readTable(options.table), options, [options.score]);
      const evaluation = evaluateScore(outcome.data, outcomeColumn(outcome, options.score), {
        horizons: options.horizons,
        tau: options.tau ?? Math.max(...options.horizons),
        ...(options.cut === undefined ? {} : { cut: options.cut }),
      });
      const { leftOut, eventCoding } = outcome;
      const notes = [...outcomeNotes(outcome), ...evaluation.notes];
      const report = { ...evaluation, rowsLeftOut: leftOut, eventCoding, notes };
      process.stdout.write(
        options.json ? `${JSON.stringify(report, null, 1)}\n` : describe(report),
      );
    });
}

function describe(evaluation: ScoreEvaluation): string {
  const lines = [
    `${evaluation.rows} rows, ${evaluation.events} events; median follow-up ${evaluation.medianFollowUp ?? 'not reached'}`,
    `Harrell C        ${concordance(evaluation.harrell)}`,
    `Uno C (to ${evaluation.uno.tau})     ${concordance(evaluation.uno)}`,
    ...describeSlope(evaluation),
    ...evaluation.horizons.map(describeHorizon),
  ];
  const ibs = evaluation.integratedBrier;
  if (ibs) {
    lines.push(
      `Integrated Brier 0 to ${ibs.to}: ${fixed(ibs.score)} (Kaplan-Meier ${fixed(ibs.kaplanMeier)}, explained ${fixed(ibs.explained)})`,
    );
  }
  if (evaluation.calibrationSlope) {
    lines.push('Brier scores: probabilities of a Cox model of the score fitted on this table.');
  }
  lines.push(...evaluation.notes);
  if (evaluation.groups) lines.push(...describeGroups(evaluation.groups));
  return `${lines.join('\n')}\n`;
}

function describeSlope({ calibrationSlope: fit }: ScoreEvaluation): string[] {
  if (fit === null) return [];
  return [
    `Calibration slope ${fixed(fit.slope)} (SE ${fixed(fit.standardError)}, 95 % CI ${interval(fit.interval)}, p ${fit.p.toPrecision(3)})`,
  ];
}

function describeHorizon(entry: ScoreEvaluation['horizons'][number]): string {
  if (entry.auc === null) return `At ${entry.horizon}: ${entry.reason ?? 'not evaluable'}`;
  const brier =
    entry.brier === null
      ? ''
      : `, Brier ${fixed(entry.brier)} (Kaplan-Meier ${fixed(entry.brierKaplanMeier ?? NaN)})`;
  return `At ${entry.horizon}: AUC ${fixed(entry.auc)} (SE ${fixed(entry.aucStandardError ?? NaN)}, 95 % CI ${interval(entry.aucInterval)})${brier}; ${entry.cases} cases, ${entry.controls} controls`;
}

function describeGroups(evaluation: GroupEvaluation): string[] {
  return [
    ...evaluation.groups.map(
      (group) =>
        `${group.group} (${group.group === 'high' ? '>' : '<='} ${evaluation.cut}): ${group.rows} rows, ${group.events} events, expected ${fixed(group.expectedEvents)}, median ${group.median ?? 'not reached'}; ` +
        group.survival
          .map(
            (step) =>
              `S(${step.horizon}) ${step.survival === null ? 'beyond follow-up' : fixed(step.survival)}`,
          )
          .join(', '),
    ),
    `Log-rank chi-squared ${fixed(evaluation.chiSquared)}, p ${evaluation.p.toPrecision(3)}`,
    ...(evaluation.hazardRatio
      ? [
          `Hazard ratio high / low ${fixed(evaluation.hazardRatio.value)} (95 % CI ${interval(evaluation.hazardRatio.interval)})`,
        ]
      : []),
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
