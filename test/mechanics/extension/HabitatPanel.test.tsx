import { renderToStaticMarkup } from 'react-dom/server';
import { HabitatPanel } from '../../../extension/src/panels/HabitatPanel/HabitatPanel';
import { HabitatRunService } from '../../../extension/src/services/HabitatRunService';
import type { Action } from '../../../extension/src/services/reduce';
import { STAGES } from '../../../src/chain/stage';
import { demoModel } from './demoModel';
import { quietArchive } from './quietArchive';
import { scored } from '../../fixtures/scored';
import { reviewCheck } from './reviewCheck';
import { scriptedResult } from './scriptedRun';
import { FACTS, STUDY } from './session';

/** The panel as markup, after some actions. */
function panel(...actions: readonly Action[]): string {
  const never = (): never => {
    throw new Error('not part of this test');
  };
  const service = new HabitatRunService({
    analyse: never,
    store: never,
    loadModel: () => new Promise(() => undefined),
    imageSource: never,
    readDrawnTumour: never,
    showOverlay: never,
    restyleOverlay: never,
    showSeries: never,
    startDrawing: never,
    download: never,
    notify: never,
    log: never,
    now: () => 0,
    ...quietArchive(),
  });
  const model = demoModel();
  const store = service.session(STUDY);
  store.dispatch({ type: 'model/loaded', model: { model, json: model, origin: 'demo' } });
  store.dispatch({ type: 'study/found', facts: FACTS });
  for (const action of actions) store.dispatch(action);
  const study = { get: () => STUDY, subscribe: () => () => undefined };
  return renderToStaticMarkup(<HabitatPanel service={service} study={study} />);
}

const started = { type: 'run/started', at: 0 } as const;
const finished = {
  type: 'run/finished',
  result: scriptedResult(),
  inputs: '',
  tumour: null,
  at: 1,
} as const;

describe('the panel', () => {
  it('says first that it is for research, and which model it shows', () => {
    const html = panel();
    const banner = html.indexOf('Research use only. Not a medical device.');
    expect(banner).toBeGreaterThan(0);
    expect(banner).toBeLessThan(html.indexOf('sts-fsT2'));
    expect(html).toContain('trained on simulated patients');
  });

  it('has a label for every control', () => {
    const html = panel(started, finished);
    const labelled = new Set([...html.matchAll(/<label[^>]*for="([^"]+)"/g)].map(([, id]) => id));
    for (const [tag] of html.matchAll(/<(select|input)[^>]*>/g)) {
      const id = /\bid="([^"]+)"/.exec(tag)?.[1];
      const named = /aria-label=/.test(tag) || /type="checkbox"/.test(tag);
      expect(named || (id !== undefined && labelled.has(id))).toBe(true);
    }
  });

  it('explains a study without a second series', () => {
    const facts = { ...FACTS, series: FACTS.series.slice(0, 1) };
    expect(panel({ type: 'study/found', facts })).toContain('No CE-T1WI series is chosen');
  });

  it('shows every stage with its state, and progress with its value', () => {
    const html = panel(
      started,
      {
        type: 'run/reported',
        at: 0,
        report: { stage: 'read', state: { state: 'done', seconds: 2 } },
      },
      {
        type: 'run/reported',
        at: 0,
        report: { stage: 'register', state: { state: 'running', fraction: 0.25 } },
      },
      {
        type: 'run/reported',
        at: 0,
        report: {
          stage: 'biasField',
          state: { state: 'notApplied', reason: 'The model asks for none.' },
        },
      },
    );
    for (const { id } of STAGES) expect(html).toContain(`data-testid="sts-stage-${id}"`);
    expect(html).toMatch(/sts-stage-read" data-state="done"/);
    expect(html).toMatch(/role="progressbar"[^>]*aria-valuenow="25"/);
    expect(html).toContain('The model asks for none.');
    expect(html).toContain('data-testid="sts-cancel"');
  });

  it('offers the scanner’s positions where the registration has found nothing, once', () => {
    const running = {
      type: 'run/reported',
      report: { stage: 'register', state: { state: 'running', fraction: 0 } },
      at: 0,
    } as const;
    const failed = { type: 'run/failed', message: 'Choose other series.' } as const;
    expect(panel(started, running, failed)).toContain('sts-use-geometry');
    expect(panel(started, failed)).not.toContain('sts-use-geometry');
    const chosen = { type: 'registration/chosen', registration: 'identity' } as const;
    expect(panel(chosen, started, running, failed)).not.toContain('sts-use-geometry');
    // The choice was for those two series.
    const other = { type: 'role/chosen', sequence: 'ceT1', seriesUid: '1.2.3.2' } as const;
    expect(panel(chosen, other, started, running, failed)).toContain('sts-use-geometry');
  });

  it('shows the reason of a failure once more at its stage', () => {
    const html = panel(started, { type: 'run/failed', message: 'Slice 4 is missing: send it.' });
    expect(html).toMatch(/role="alert"[^]*Slice 4 is missing: send it\./);
  });

  it('shows results as a table with numbered habitats', () => {
    const html = panel(started, finished);
    expect(html).toMatch(/sts-habitat-2"[^]*Enhancing viable[^]*20\.5[^]*51\.7 %/);
    expect(html).toMatch(/data-testid="sts-rprs">0\.842</);
    expect(html).toMatch(/data-testid="sts-risk-24">38\.6 %</);
    expect(html).toMatch(/data-group="high">High risk</);
    expect(html).toContain('<caption>');
  });

  it('shows regions and the reason, and nothing that looks like a risk, without a score', () => {
    const result = scriptedResult();
    const [first, ...others] = scored(result.prognosis).contributions;
    const reason = '38.2 % of the tumour lies outside the images of one of the two series.';
    const html = panel(started, {
      ...finished,
      result: {
        ...result,
        prognosis: { evaluable: false, reason, features: [{ ...first, value: null }, ...others] },
        flags: [
          ...result.flags,
          { code: 'RPRS_NOT_EVALUABLE', stage: 'score', message: reason },
          { code: 'FIELD_OF_VIEW_CLIPPED', stage: 'resample', message: 'A part is not shown.' },
        ],
        habitats: [
          { ...result.habitats[0], fraction: 0.1 },
          result.habitats[1],
          result.habitats[2],
        ],
      },
    });
    expect(html).toMatch(/sts-not-evaluable[^]*RPRS not evaluable[^]*38\.2 % of the tumour/);
    expect(html.split(reason)).toHaveLength(2);
    expect(html).toContain('A part is not shown.');
    expect(html).toMatch(/sts-habitat-2"[^]*20\.5[^]*51\.7 %/);
    // 1 - 0.1 - 0.517 - 0.171
    expect(html).toMatch(/sts-unmeasured"[^]*Outside one of the series[^]*21\.2 %/);
    expect(html).toMatch(/Features of the model \(3 of 4 measured\)[^]*not evaluable/);
    expect(html).not.toMatch(/sts-rprs|sts-group|sts-risk-|sts-nomogram|sts-survival/);
    expect(html).toContain('data-testid="sts-store"');
  });

  it('says when the choices no longer fit the results', () => {
    expect(panel(started, finished)).toContain('The choices above have changed');
  });

  it('offers Retry and Download after a failed store', () => {
    const html = panel(
      started,
      finished,
      { type: 'store/started' },
      { type: 'store/failed', message: 'Refused.' },
    );
    expect(html).toContain('data-testid="sts-retry"');
    expect(html).toContain('data-testid="sts-download"');
    expect(html).not.toContain('data-testid="sts-store"');
  });

  it('announces changes politely, in one place', () => {
    expect(panel(started).match(/aria-live="polite"/g)).toHaveLength(1);
  });

  it('shows the registration with its numbers, to accept or to reject', () => {
    const html = panel(started, { type: 'review/ready', check: reviewCheck() });
    expect(html).toMatch(/data-testid="sts-review"[^>]*data-review="notReviewed"/);
    expect(html).toMatch(/sts-review-shift">7\.5<[^]*4\.0 left[^]*2\.0 front[^]*6\.0 head/);
    expect(html).toMatch(/sts-review-rotation">2\.3<[^]*−2\.1/);
    expect(html).toContain('0.412 before, 0.587 after');
    expect(html).toContain('data-testid="sts-review-accept"');
    expect(html).toContain('Check the registration while the analysis goes on');
    expect(html).toContain('data-testid="sts-review-reject"');
  });

  it('says in the provenance what became of the registration', () => {
    const accept = { type: 'review/decided', decision: 'accepted' } as const;
    const html = panel(started, { type: 'review/ready', check: reviewCheck() }, accept, {
      ...finished,
      result: { ...scriptedResult(), acceptedReport: scriptedResult().objects[1] },
    });
    expect(html).toContain('sts-provenance-review">Accepted by the user<');
    expect(html).not.toContain('The registration was not reviewed');
  });

  it('says before storing that the registration was not reviewed or was rejected', () => {
    const open = panel(started, { type: 'review/ready', check: reviewCheck() }, finished);
    expect(open).toContain('The registration was not reviewed; the report will say so.');
    const rejected = { type: 'review/decided', decision: 'rejected' } as const;
    const html = panel(started, { type: 'review/ready', check: reviewCheck() }, finished, rejected);
    expect(html).toContain('You rejected the registration: these results are not stored.');
  });
});
