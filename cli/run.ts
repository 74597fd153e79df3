import { Command, CommanderError } from 'commander';
import { isInputError } from '../src/chain/errors';
import manifest from '../package.json' with { type: 'json' };
import { IncompleteResult } from './incompleteResult';

/** Loaded when needed: what one command needs (DICOM, elastix, charts) would slow down the start of the others. */
const COMMANDS: Readonly<Record<string, () => Promise<Command>>> = {
  analyse: async () => (await import('./commands/analyse')).analyseCommand(),
  features: async () => (await import('./commands/features')).featuresCommand(),
  register: async () => (await import('./commands/register')).registerCommand(),
  bias: async () => (await import('./commands/bias')).biasCommand(),
  habitats: async () => (await import('./commands/habitats')).habitatsCommand(),
  evaluate: async () => (await import('./commands/evaluate')).evaluateCommand(),
  cox: async () => (await import('./commands/cox')).coxCommand(),
  train: async () => (await import('./commands/train')).trainCommand(),
  extract: async () => (await import('./commands/extract')).extractCommand(),
  'add-batch': async () => (await import('./commands/addBatch')).addBatchCommand(),
  validate: async () => (await import('./commands/validate')).validateCommand(),
};

export const EXIT = { done: 0, refused: 1, usage: 2, incomplete: 3 } as const;

/** Runs a command line without the program's name; returns the exit code. */
export async function run(argv: readonly string[]): Promise<number> {
  const program = await createProgram(argv);
  try {
    await program.parseAsync([...argv], { from: 'user' });
    return EXIT.done;
  } catch (error) {
    return explain(error);
  }
}

async function createProgram(argv: readonly string[]): Promise<Command> {
  const program = new Command('sts-habitat')
    .description(
      'Habitat and peritumour radiomics for soft tissue sarcoma MRI.\n' +
        'Research use only. Not a medical device. Not validated for clinical decisions.',
    )
    .version(manifest.version)
    .showHelpAfterError('(sts-habitat --help lists the commands)')
    .exitOverride();
  for (const load of wantedCommands(argv)) {
    program.addCommand((await load()).copyInheritedSettings(program));
  }
  return program;
}

/** The command that is named first, or all of them, for the help and for a name that is not known. */
function wantedCommands([name]: readonly string[]): readonly (() => Promise<Command>)[] {
  const named = name !== undefined && Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  return named ? [named] : Object.values(COMMANDS);
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
