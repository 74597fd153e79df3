/** `npm run demonstration-model`: writes models/demonstration.json again. */
import { writeFile } from 'node:fs/promises';
import { format, resolveConfig } from 'prettier';
import { makeDemonstration } from './makeDemonstration';

const FILE = 'models/demonstration.json';

const model = await makeDemonstration((line) => process.stderr.write(`${line}\n`));
const style = await resolveConfig(FILE);
await writeFile(FILE, await format(JSON.stringify(model), { ...style, filepath: FILE }));
