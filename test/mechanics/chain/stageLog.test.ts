import { jest } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { InputError } from '../../../src/chain/errors';
import { SOFTWARE } from '../../../src/chain/software';
import type { StageReport } from '../../../src/chain/stage';
import { StageLog } from '../../../src/chain/stageLog';

function watched(): { log: StageLog; reports: StageReport[]; abort: AbortController } {
  const reports: StageReport[] = [];
  const abort = new AbortController();
  const log = new StageLog({ signal: abort.signal, report: (report) => reports.push(report) });
  return { log, reports, abort };
}

describe('the log of the stages', () => {
  it('reports, times and keeps the note and the flags', async () => {
    const { log, reports } = watched();
    const flag = { code: 'MULTIFOCAL', stage: 'regions', message: 'Two.' } as const;
    const value = await log.run('regions', (run) => {
      run.report(0.5, 'half');
      return { value: 42, note: 'done so', flags: [flag] };
    });
    expect(value).toBe(42);
    expect(log.flags).toEqual([flag]);
    expect(log.stages).toMatchObject([{ stage: 'regions', applied: true, note: 'done so' }]);
    expect(reports.map(({ state }) => state.state)).toEqual(['running', 'running', 'done']);
  });

  it('says why a stage was not applied', async () => {
    const { log, reports } = watched();
    await log.run('harmonise', () => ({ value: 1, note: 'no batch', applied: false }));
    expect(reports.at(-1)).toEqual({
      stage: 'harmonise',
      state: { state: 'notApplied', reason: 'no batch' },
    });
    expect(log.stages[0].applied).toBe(false);
  });

  it('shows a refusal to the user, and no more than its place for a programming error', async () => {
    const { log, reports } = watched();
    const refuse = (error: Error): Promise<unknown> =>
      log.run('read', () => {
        throw error;
      });
    await expect(refuse(new InputError('SLICE_MISSING', 'Slice 3 is missing.'))).rejects.toThrow();
    expect(reports.at(-1)?.state).toEqual({ state: 'failed', reason: 'Slice 3 is missing.' });
    await expect(refuse(new TypeError('x is not a function'))).rejects.toThrow(TypeError);
    expect(reports.at(-1)?.state).toEqual({
      state: 'failed',
      reason: 'This stage stopped because of an error in the program.',
    });
  });

  it('starts no stage after a cancel', async () => {
    const { log, abort } = watched();
    abort.abort();
    const never = jest.fn(() => ({ value: 0, note: '' }));
    await expect(log.run('read', never)).rejects.toThrow('aborted');
    expect(never).not.toHaveBeenCalled();
  });
});

it('the version in results is that of the package', () => {
  const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
  expect(SOFTWARE.version).toBe(version);
});
