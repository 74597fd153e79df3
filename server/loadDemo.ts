/** `node dist/node/load-demo.js DICOMWEB_URL`: simulates the demo studies and stores them. */
import { DEMO_STUDIES, demoStudyFiles } from '../demo/studies';
import { storeFiles } from './stow';

const [dicomweb] = process.argv.slice(2);
for (const study of DEMO_STUDIES) await storeFiles(dicomweb, demoStudyFiles(study).values());
