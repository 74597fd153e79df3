import { HANGING_PROTOCOL_ID } from './id';
import { LINKED_SLICES_TYPE } from './host/linkedSlices';
import { VIEWPORT_IDS } from './host/viewports';

/** Custom attribute of the host's matching engine: the role that `guessSeriesRoles` gives a series. */
export const ROLE_ATTRIBUTE = 'stsHabitatRole';

/** Slices of both viewports follow each other by position in the patient, not by index. */
const LINKED_SLICES = {
  type: LINKED_SLICES_TYPE,
  id: 'stsHabitatSlices',
  source: true,
  target: true,
} as const;

function selector(role: 'fsT2' | 'ceT1') {
  return {
    seriesMatchingRules: [
      {
        weight: 10,
        attribute: ROLE_ATTRIBUTE,
        constraint: { equals: { value: role } },
        required: true,
      },
    ],
  };
}

const ANY_MR = {
  seriesMatchingRules: [
    { weight: 1, attribute: 'Modality', constraint: { equals: { value: 'MR' } }, required: true },
    {
      weight: 1,
      attribute: 'numImageFrames',
      constraint: { greaterThan: { value: 0 } },
      required: true,
    },
  ],
};

function viewport(displaySet: string, viewportId: string) {
  return {
    viewportOptions: {
      viewportId,
      viewportType: 'stack',
      toolGroupId: 'default',
      allowUnmatchedView: true,
      initialImageOptions: { preset: 'middle' },
      // No shared segmentations: a contour on FS-T2WI does not fit the unregistered CE-T1WI.
      syncGroups: [LINKED_SLICES],
    },
    displaySets: [{ id: displaySet }],
  };
}

const SIDE_BY_SIDE = {
  layoutType: 'grid',
  properties: { rows: 1, columns: 2 },
} as const;

/**
 * FS-T2WI | CE-T1WI, as a radiologist compares them. A study without one of the two still opens, with
 * an empty viewport in its place, and the panel says what is missing.
 */
export const sideBySide = {
  id: HANGING_PROTOCOL_ID,
  name: 'FS-T2WI | CE-T1WI',
  description: 'Fat-suppressed T2 and contrast-enhanced T1 side by side, with linked slices',
  locked: true,
  isPreset: false,
  protocolMatchingRules: [],
  imageLoadStrategy: 'interleaveTopToBottom',
  toolGroupIds: ['default'],
  displaySetSelectors: { fsT2: selector('fsT2'), ceT1: selector('ceT1'), anyMr: ANY_MR },
  defaultViewport: {
    viewportOptions: { viewportType: 'stack', toolGroupId: 'default', allowUnmatchedView: true },
    displaySets: [{ id: 'anyMr', matchedDisplaySetsIndex: -1 }],
  },
  stages: [
    {
      id: 'fsT2-ceT1',
      name: 'FS-T2WI | CE-T1WI',
      viewportStructure: SIDE_BY_SIDE,
      viewports: [viewport('fsT2', VIEWPORT_IDS.fsT2), viewport('ceT1', VIEWPORT_IDS.ceT1)],
    },
  ],
};

export function getHangingProtocolModule(): { name: string; protocol: typeof sideBySide }[] {
  return [{ name: HANGING_PROTOCOL_ID, protocol: sideBySide }];
}
