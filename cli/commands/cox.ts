import { Command } from 'commander';
import { harrellC, type Concordance } from '../../src/survival/concordance';
import { fitCox, linearPredictor, type CoxFit, type Ties } from '../../src/survival/cox';
import { chiSquaredUpperP, normalTwoSidedP, Z_975 } from '../../src/survival/distributions';
import { coxCovariates } from '../coxCovariates';
import { nameList, oneOf } from '../options';
import { outcomeNotes, readOutcome, type OutcomeTable } from '../outcomeTable';
import { readTable } from '../table';

interface Options {
  readonly table: string;
  readonly time: string;
  readonly event: string;
  readonly covariates: string[];
  readonly factors: string[];
  readonly ties: Ties;
  readonly json?: boolean;
}

export function coxCommand(): Command {
  return new Command('cox')
    .description('Cox proportional hazards model.')
    .requiredOption('--table <file>', 'CSV, a row for each patient')
    .requiredOption('--time <column>', 'follow-up time')
    .requiredOption('--event <column>', '1 event, 0 censored; also 2 and 1, or TRUE and FALSE')
    .requiredOption('--covariates <columns>', 'columns, separated by commas', nameList)
    .option('--factors <columns>', 'those of the covariates that hold categories', nameList, [])
    .option('--ties <method>', 'efron or breslow', oneOf('efron', 'breslow'), 'efron')
    .option('--json', 'print a machine-readable result')
    .action(async (options: Options) => {
      const outcome = readOutcome(await readTable(options.table), options, options.covariates);
      const covariates = coxCovariates(outcome, options.covariates, options.factors);
      const names = covariates.map(({ name }) => name);
      const values = covariates.map((covariate) => covariate.values);
      const fit = fitCox(outcome.data, values, names, options.ties);
      const concordance = harrellC(outcome.data, linearPredictor(fit.coefficients, values));
      const report = summary(fit, names, concordance, outcome);
      process.stdout.write(
        options.json ? `${JSON.stringify(report, null, 1)}\n` : describe(report),
      );
    });
}

function summary(
  fit: CoxFit,
  names: readonly string[],
  concordance: Concordance,
  outcome: OutcomeTable,
) {
  const { tests, logLikelihood } = fit;
  const degreesOfFreedom = names.length;
  const p = (statistic: number): number => chiSquaredUpperP(statistic, degreesOfFreedom);
  return {
    ties: fit.ties,
    rows: fit.patients,
    rowsLeftOut: outcome.leftOut,
    eventCoding: outcome.eventCoding,
    events: fit.events,
    iterations: fit.iterations,
    coefficients: names.map((name, j) => {
      const coefficient = fit.coefficients[j];
      const standardError = fit.standardErrors[j];
      const z = coefficient / standardError;
      const interval = [coefficient - Z_975 * standardError, coefficient + Z_975 * standardError];
      return {
        name,
        coefficient,
        standardError,
        interval,
        hazardRatio: Math.exp(coefficient),
        hazardRatioInterval: interval.map(Math.exp),
        z,
        p: normalTwoSidedP(z),
        mean: fit.means[j],
      };
    }),
    covariance: fit.covariance,
    logLikelihood,
    aic: 2 * (degreesOfFreedom - logLikelihood.model),
    tests: {
      ...tests,
      degreesOfFreedom,
      likelihoodRatioP: p(tests.likelihoodRatio),
      waldP: p(tests.wald),
      scoreP: p(tests.score),
    },
    concordance,
    notes: outcomeNotes(outcome),
  };
}

function describe(report: ReturnType<typeof summary>): string {
  const { tests, logLikelihood, concordance } = report;
  const test = (name: string, statistic: number, p: number): string =>
    `${name} ${statistic.toFixed(3)} on ${tests.degreesOfFreedom} df, p ${p.toPrecision(3)}`;
  return [
    `${report.rows} rows, ${report.events} events, ties by ${report.ties}`,
    ...report.notes,
    ...report.coefficients.map(
      (entry) =>
        `${entry.name}: coefficient ${entry.coefficient.toPrecision(6)}, HR ${entry.hazardRatio.toPrecision(4)} (95 % CI ${entry.hazardRatioInterval.map((limit) => limit.toPrecision(4)).join(' to ')}), SE ${entry.standardError.toPrecision(4)}, z ${entry.z.toFixed(3)}, p ${entry.p.toPrecision(3)}`,
    ),
    `Log-likelihood ${logLikelihood.null.toFixed(4)} -> ${logLikelihood.model.toFixed(4)} in ${report.iterations} iterations`,
    test('Likelihood ratio', tests.likelihoodRatio, tests.likelihoodRatioP),
    test('Wald', tests.wald, tests.waldP),
    test('Score (log-rank)', tests.score, tests.scoreP),
    `Concordance ${concordance.c.toFixed(4)} (SE ${concordance.standardError.toFixed(4)})`,
    '',
  ].join('\n');
}
