import type { DataSource, HostDisplaySet, Services } from '../../../extension/src/host';
import { listStored } from '../../../extension/src/host/listStored';
import { scriptedResult } from './scriptedRun';

const { objects } = scriptedResult();

/** A viewer whose data source lists the series it is asked for, and remembers what it is asked. */
function viewer(source: (list: (series: readonly string[]) => void) => DataSource) {
  const listed: HostDisplaySet[] = [];
  const list = (series: readonly string[]): void => {
    for (const SeriesInstanceUID of series) {
      const uids = { displaySetInstanceUID: SeriesInstanceUID, StudyInstanceUID: '2.25.0' };
      listed.push({ ...uids, SeriesInstanceUID, Modality: 'SEG' });
    }
  };
  const displaySetService: Services['displaySetService'] = {
    EVENTS: { DISPLAY_SETS_ADDED: '', DISPLAY_SETS_CHANGED: '', DISPLAY_SETS_REMOVED: '' },
    subscribe: () => ({ unsubscribe: () => undefined }),
    getActiveDisplaySets: () => listed,
    getDisplaySetByUID: () => undefined,
  };
  const active = source(list);
  return () => listStored({ getActiveDataSource: () => [active] }, displaySetService, objects);
}

it('asks the viewer for the new series only, and leaves no half answer behind', async () => {
  const asked: unknown[] = [];
  const listAgain = viewer((list) => ({
    getConfig: () => ({ name: 'pacs' }),
    deleteStudyMetadataPromise: (key) => void asked.push(`forget ${key}`),
    retrieve: {
      series: {
        metadata: async ({ filters: { seriesInstanceUID } }) => {
          asked.push(seriesInstanceUID);
          list(seriesInstanceUID);
        },
      },
    },
  }));
  expect(await listAgain()).toBe(true);
  const forgotten = ['forget pacs:2.25.0', 'forget 2.25.0'];
  expect(asked).toEqual([...forgotten, ['2.25.1', '2.25.2'], ...forgotten]);
  expect(await listAgain()).toBe(true);
  expect(asked).toHaveLength(5);
});

it('says when the viewer has no way to list them', async () => {
  expect(await viewer(() => ({}))()).toBe(false);
});
