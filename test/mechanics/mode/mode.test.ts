import { PANEL_ID } from '../../../extension/src/id';
import { HANGING_PROTOCOL_ID } from '../../../extension/src/id';
import { habitatMode } from '../../../mode/src/habitatMode';
import type { HostLayout, HostMode } from '../../../mode/src/host';
import { withoutPanelSwitching } from '../../../mode/src/panelSwitching';
import { modeValidity } from '../../../mode/src/validity';
import { fakeViewer } from '../extension/fakeViewer';

const LABELMAP = '@ohif/extension-cornerstone.panelModule.panelSegmentationWithToolsLabelMap';
const URL = 'http://viewer/plugins/sts-habitat/extension.js';

const entered: unknown[] = [];
const hostMode: HostMode = {
  id: '@ohif/mode-segmentation',
  extensions: { '@ohif/extension-default': '^3.0.0' },
  sopClassHandlers: ['stack'],
  routes: [
    {
      layoutTemplate(this: unknown): HostLayout {
        // The host's own template reads from its route.
        expect(this).toBe(hostMode.routes[0]);
        return {
          id: 'layout',
          props: { leftPanels: ['series'], rightPanels: [LABELMAP], viewports: ['v'] },
        };
      },
    },
  ],
  onModeEnter(this: unknown, context) {
    entered.push(this);
    context.servicesManager.services.panelService.activatePanel(LABELMAP, true);
  },
};

describe('the mode', () => {
  const mode = habitatMode(hostMode, URL);

  it('is ours, with the tools of the host', () => {
    expect(mode).toMatchObject({
      id: '@sts-habitat/mode',
      routeName: 'sts-habitat',
      displayName: 'STS habitat',
      hangingProtocol: HANGING_PROTOCOL_ID,
    });
    expect(Object.keys(mode.extensions)).toEqual([
      '@ohif/extension-cornerstone-dicom-sr',
      '@ohif/extension-default',
      URL,
    ]);
  });

  it('puts our panel before those of the host', async () => {
    const { props } = await mode.routes[0].layoutTemplate({});
    expect(props).toMatchObject({ leftPanels: ['series'], rightPanels: [PANEL_ID, LABELMAP] });
    expect(props.viewports?.[0]).toBe('v');
  });

  it('enters the mode of the host as itself, without being led away from the panel', () => {
    // The fake's activatePanel throws: reaching it would fail the test.
    mode.onModeEnter({ servicesManager: { services: fakeViewer([]).services } });
    expect(entered).toEqual([mode]);
  });
});

it('hands every other service through', () => {
  const { services } = fakeViewer([]);
  const context = withoutPanelSwitching({ servicesManager: { services } });
  expect(context.servicesManager.services.segmentationService).toBe(services.segmentationService);
});

describe('validity of a study', () => {
  it.each(['MR', 'MR\\SEG', 'SEG\\MR', 'CT/MR'])('%s can be opened', (modalities) => {
    expect(modeValidity({ modalities }).valid).toBe(true);
  });

  it.each([
    ['CT', 'CT'],
    ['CT\\PT', 'CT, PT'],
    ['', 'no images'],
    ['MRI', 'MRI'],
  ])('%s is refused with a reason', (modalities, found) => {
    const { valid, description } = modeValidity({ modalities });
    expect(valid).toBe(false);
    expect(description).toContain(found);
    expect(description).toContain('FS-T2WI and a CE-T1WI');
  });
});
