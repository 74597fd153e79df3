/** `npm run demonstration-model`: writes models/demonstration.json again. */
import { writeFile } from 'node:fs/promises';
import { makeDemonstration } from './makeDemonstration';

const model = await makeDemonstration((line) => process.stderr.write(`${line}\n`));
await writeFile('models/demonstration.json', `${JSON.stringify(model, null, 2)}\n`);
