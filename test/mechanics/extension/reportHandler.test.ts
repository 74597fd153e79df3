import { sopClassHandlerModule } from '../../../extension/src/sopClassHandlerModule';
import { REPORT_HANDLER_ID } from '../../../extension/src/id';
import { studyFacts } from '../../../extension/src/host/studyFacts';
import type { ExtensionContext, HostDisplaySet, HostInstance } from '../../../extension/src/host';
import { MANUFACTURER } from '../../../src/dicom/manufacturer';
import { SOFTWARE } from '../../../src/chain/software';
import { fakeViewer } from './fakeViewer';

const COMPREHENSIVE_3D = '1.2.840.10008.5.1.4.1.1.88.34';

const ours: HostInstance = {
  SOPClassUID: COMPREHENSIVE_3D,
  StudyInstanceUID: '1.2.3',
  SeriesInstanceUID: '2.25.8',
  SOPInstanceUID: '2.25.9',
  Modality: 'SR',
  Manufacturer: MANUFACTURER,
  ManufacturerModelName: SOFTWARE.name,
  ContentDate: '20260102',
  ContentTime: '123000',
};
const others: HostInstance = { ...ours, Manufacturer: 'Other', SOPInstanceUID: '2.25.10' };

/** `host`: what the viewer's own handler makes of instances; null: it has none. */
function handler(host: ((instances: readonly HostInstance[]) => HostDisplaySet[]) | null) {
  const { services } = fakeViewer([]);
  const context: ExtensionContext = {
    servicesManager: { services },
    commandsManager: {},
    extensionManager: {
      getActiveDataSource: () => [],
      getModuleEntry: (id) =>
        host && id.endsWith('dicom-sr-3d')
          ? { sopClassUids: [COMPREHENSIVE_3D], getDisplaySetsFromSeries: host }
          : undefined,
    },
  };
  return sopClassHandlerModule(context)[0];
}

const made = (instances: readonly HostInstance[]): HostDisplaySet => ({
  displaySetInstanceUID: 'host',
  StudyInstanceUID: '1.2.3',
  SeriesInstanceUID: '2.25.8',
  Modality: 'SR',
  SOPClassHandlerId: 'host',
  instances,
});

test('a report of ours is shown by the host, under our name', () => {
  const [displaySet] = handler((instances) => [made(instances)]).getDisplaySetsFromSeries([ours]);
  expect(displaySet).toMatchObject({
    displaySetInstanceUID: 'host',
    SOPClassHandlerId: REPORT_HANDLER_ID,
  });
});

test.each([
  ['a report of others', [others]],
  ['a series with both', [ours, others]],
  ['nothing', []],
])('%s is left to the next handler', (_, instances) => {
  const asked: unknown[] = [];
  const { getDisplaySetsFromSeries } = handler((list) => {
    asked.push(list);
    return [];
  });
  expect([getDisplaySetsFromSeries(instances), asked]).toEqual([[], []]);
});

test.each([
  ['refuses the title', () => []],
  ['has no handler', null],
])('a viewer that %s lists the report all the same', (_, host) => {
  const [displaySet] = handler(host).getDisplaySetsFromSeries([ours]);
  expect(displaySet).toMatchObject({
    Modality: 'SR',
    SOPInstanceUID: '2.25.9',
    SOPClassHandlerId: REPORT_HANDLER_ID,
  });
});

test('the panel knows the reports of the study, once each', () => {
  const sets = [made([ours]), made([ours]), made([others])];
  const { reports } = studyFacts('1.2.3', sets, []);
  expect(reports.map(({ sopInstanceUid, writtenAt }) => [sopInstanceUid, writtenAt])).toEqual([
    ['2.25.9', '20260102123000'],
  ]);
});
