import { StudyWatcher } from '../../../extension/src/host/StudyWatcher';
import { displaySet, fakeViewer } from './fakeViewer';

function watching() {
  const said: string[] = [];
  const watcher = new StudyWatcher(
    fakeViewer([displaySet()]).services,
    ({ studyInstanceUid }) => said.push(`facts of ${studyInstanceUid}`),
    (study) => said.push(`study ${study}`),
    () => undefined,
  );
  return { said, watcher };
}

describe('the study on screen', () => {
  it('is of no interest in a mode without the panel', () => {
    const { said, watcher } = watching();
    watcher.start();
    expect(said).toEqual([]);
    expect(watcher.get()).toBeNull();
  });

  it('is told once the panel asks, and no more after the mode was left', () => {
    const { said, watcher } = watching();
    watcher.start();
    watcher.subscribe(() => said.push('panel'));
    expect(said).toEqual(['facts of 1.2.3', 'panel', 'study 1.2.3']);
    watcher.stop();
    expect(watcher.get()).toBeNull();
  });

  it('is told on entering a mode whose panel was there before', () => {
    const { said, watcher } = watching();
    watcher.subscribe(() => undefined);
    expect(said).toEqual([]);
    watcher.start();
    expect(said).toEqual(['facts of 1.2.3', 'study 1.2.3']);
  });
});
