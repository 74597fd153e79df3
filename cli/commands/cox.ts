import { Command } from 'commander';
import { harrellC } from '../../src/survival/concordance';
import { fitCox, linearPredictor, type CoxFit, type Ties } from '../../src/survival/cox';
import { requireSurvivalData } from '../../src/survival/data';
import { chiSquaredUpperP, normalTwoSidedP } from '../../src/survival/distributions';
import { nameList, oneOf } from '../options';
import { numberColumn, readTable } from '../table';

interface Options {
  readonly table: string;
  readonly time: string;
  readonly event: string;
  readonly covariates: string[];
  readonly ties: Ties;
  readonly json?: boolean;
}

export function coxCommand(): Command {
  return new Command('cox')
    .description('Cox proportional hazards model.')
    .requiredOption('--table <file>', 'CSV, a row for each patient')
    .requiredOption('--time <column>', 'follow-up time')
    .requiredOption('--event <column>', '1 event, 0 censored')
    .requiredOption('--covariates <columns>', 'number columns, separated by commas', nameList)
    .option('--ties <method>', 'efron or breslow', oneOf('efron', 'breslow'), 'efron')
    .option('--json', 'print a machine-readable result')
    .action(async (options: Options) => {
      const table = await readTable(options.table);
      const data = {
        time: numberColumn(table, options.time),
        event: numberColumn(table, options.event),
      };
      requireSurvivalData(data);
      const covariates = options.covariates.map((name) => numberColumn(table, name));
      const fit = fitCox(data, covariates, options.covariates, options.ties);
      const report = {
        ...summary(fit, options.covariates),
        concordance: harrellC(data, linearPredictor(fit.coefficients, covariates)),
      };
      process.stdout.write(
        options.json ? `${JSON.stringify(report, null, 1)}\n` : describe(report),
      );
    });
}

function summary(fit: CoxFit, names: readonly string[]) {
  return {
    ties: fit.ties,
    rows: fit.patients,
    events: fit.events,
    coefficients: names.map((name, j) => {
      const z = fit.coefficients[j] / fit.standardErrors[j];
      return {
        name,
        coefficient: fit.coefficients[j],
        hazardRatio: Math.exp(fit.coefficients[j]),
        standardError: fit.standardErrors[j],
        z,
        p: normalTwoSidedP(z),
      };
    }),
    logLikelihood: fit.logLikelihood,
    tests: {
      ...fit.tests,
      degreesOfFreedom: names.length,
      likelihoodRatioP: chiSquaredUpperP(fit.tests.likelihoodRatio, names.length),
    },
  };
}

type Report = ReturnType<typeof summary> & { readonly concordance: ReturnType<typeof harrellC> };

function describe(report: Report): string {
  return [
    `${report.rows} rows, ${report.events} events, ties by ${report.ties}`,
    ...report.coefficients.map(
      (entry) =>
        `${entry.name}: coefficient ${entry.coefficient.toPrecision(6)}, HR ${entry.hazardRatio.toPrecision(4)}, SE ${entry.standardError.toPrecision(4)}, z ${entry.z.toFixed(3)}, p ${entry.p.toPrecision(3)}`,
    ),
    `Log-likelihood ${report.logLikelihood.null.toFixed(4)} -> ${report.logLikelihood.model.toFixed(4)}; likelihood ratio ${report.tests.likelihoodRatio.toFixed(3)} on ${report.tests.degreesOfFreedom} df, p ${report.tests.likelihoodRatioP.toPrecision(3)}`,
    `Concordance ${report.concordance.c.toFixed(4)} (SE ${report.concordance.standardError.toFixed(4)})`,
    '',
  ].join('\n');
}
