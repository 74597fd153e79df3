/** `extract` as a program of its own, so that a test can kill it. Run with bench/register.mjs. */
import { extractCommand } from '../../../cli/commands/extract';

await extractCommand().parseAsync(process.argv.slice(2), { from: 'user' });
