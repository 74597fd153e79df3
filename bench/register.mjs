/** `node --import ./bench/register.mjs`: runs TypeScript sources directly, in workers as well. */
import { register } from 'node:module';

register('./loader.mjs', import.meta.url);
