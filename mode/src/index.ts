import { MODE_ID, ROUTE_NAME } from './id';
import { habitatMode } from './habitatMode';
import type { HostModeModule, LoadModules } from './host';

// Set by webpack from the address that this file was loaded from.
declare const __webpack_public_path__: string;

/** The segmentation mode of the host brings the drawing tools; ours adds the panel and the layout. */
const BASE_MODE = '@ohif/mode-segmentation';

/** Loaded by the viewer at run time as the default export of an ES module. */
export default {
  id: MODE_ID,
  routeName: ROUTE_NAME,
  async modeFactory(args: { modeConfiguration: unknown; loadModules: LoadModules }) {
    const [base]: readonly HostModeModule[] = await args.loadModules([BASE_MODE]);
    const baseMode = await base.modeFactory({ ...args, modeConfiguration: {} });
    // The host imports every key of a mode's `extensions`, so ours is the address of its file.
    return habitatMode(baseMode, `${__webpack_public_path__}extension.js`);
  },
};
