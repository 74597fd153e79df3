import type { Provenance } from './analysis';

/** What wrote a result. A test holds the version to that of package.json. */
export const SOFTWARE: Provenance['software'] = { name: 'STS Habitat', version: '0.1.0' };
