import { Command, CommanderError } from 'commander';
import { isInputError } from '../src/chain/errors';
import manifest from '../package.json' with { type: 'json' };
import { analyseCommand } from './commands/analyse';
import { biasCommand } from './commands/bias';
import { coxCommand } from './commands/cox';
import { evaluateCommand } from './commands/evaluate';
import { featuresCommand } from './commands/features';
import { trainCommand } from './commands/train';
import { validateCommand } from './commands/validate';
import { extractCommand } from './commands/extract';
import { registerCommand } from './commands/register';
import { IncompleteResult } from './incompleteResult';

export const EXIT = { done: 0, refused: 1, usage: 2, incomplete: 3 } as const;

/** Runs a command line without the program's name; returns the exit code. */
export async function run(argv: readonly string[]): Promise<number> {
  const program = createProgram();
  try {
    await program.parseAsync([...argv], { from: 'user' });
    return EXIT.done;
  } catch (error) {
    return explain(error);
  }
}

function createProgram(): Command {
  const program = new Command('sts-habitat')
    .description(
      'Habitat and peritumour radiomics for soft tissue sarcoma MRI.\n' +
        'Research use only. Not a medical device. Not validated for clinical decisions.',
    )
    .version(manifest.version)
    .showHelpAfterError('(sts-habitat --help lists the commands)')
    .exitOverride();
  for (const command of [
    analyseCommand(),
    featuresCommand(),
    registerCommand(),
    biasCommand(),
    evaluateCommand(),
    coxCommand(),
    extractCommand(),
    trainCommand(),
    validateCommand(),
  ]) {
    program.addCommand(command.copyInheritedSettings(program));
  }
  return program;
}

function explain(error: unknown): number {
  if (error instanceof CommanderError) {
    // Commander has printed its own message; help and version end with exit code 0.
    return error.exitCode === 0 ? EXIT.done : EXIT.usage;
  }
  if (isInputError(error)) {
    process.stderr.write(`sts-habitat: ${error.message}\n`);
    return EXIT.refused;
  }
  if (error instanceof IncompleteResult) {
    process.stderr.write(`sts-habitat: ${error.message}\n`);
    return EXIT.incomplete;
  }
  const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
  process.stderr.write(`sts-habitat: internal error, please report it: ${detail}\n`);
  return EXIT.refused;
}
