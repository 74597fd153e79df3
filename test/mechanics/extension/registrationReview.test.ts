import type { RegistrationCheck } from '../../../src/chain/analysis';
import { SeriesLink } from '../../../extension/src/host/SeriesLink';
import { movedPlane, nearestSlice, sliceThrough } from '../../../extension/src/host/nearestSlice';
import { edgesOf } from '../../../extension/src/review/layers';
import { fieldOfView } from '../../../extension/src/review/fieldOfView';
import { createReviewView, focusOf, pointAt } from '../../../extension/src/services/reviewView';
import { shownReview } from '../../../extension/src/services/reviewing';
import { buildRequest } from '../../../extension/src/services/buildRequest';
import { inputsOf } from '../../../extension/src/services/session';
import { reviewCheck } from './reviewCheck';
import { scriptedResult } from './scriptedRun';
import { play, readySession } from './session';

const check = reviewCheck();
const started = { type: 'run/started', at: 0 } as const;
const ready = { type: 'review/ready', check } as const;
const acceptedReport = { ...scriptedResult().objects[1], part10: new Uint8Array([9]) };
const result = { ...scriptedResult(), acceptedReport };
const finished = { type: 'run/finished', result, inputs: '', tumour: null, at: 1 } as const;
const accept = { type: 'review/decided', decision: 'accepted' } as const;
const reject = { type: 'review/decided', decision: 'rejected' } as const;

describe('the review of a registration', () => {
  it('can be looked at during the run and afterwards', () => {
    expect(shownReview(readySession(started))).toBeNull();
    const during = readySession(started, ready);
    expect(shownReview(during)).toEqual({ check, review: 'notReviewed', locked: false });
    expect(shownReview(play(during, finished))).toEqual({
      check,
      review: 'notReviewed',
      locked: false,
    });
  });

  it.each([
    ['during the run', [started, ready, accept, finished]],
    ['afterwards', [started, ready, finished, accept]],
  ] as const)('accepted %s, it goes into the report that is stored', (_, actions) => {
    const { outcome } = readySession(...actions);
    expect(outcome?.result.registration.review).toBe('accepted');
    expect(outcome?.result.objects).toEqual([result.objects[0], acceptedReport]);
  });

  it('changes nothing once a report has been sent', () => {
    const sent = readySession(started, ready, finished, { type: 'store/started' });
    expect(shownReview(sent)?.locked).toBe(true);
    expect(play(sent, accept)).toBe(sent);
  });

  it('belongs to its run: that of a cancelled run goes, that of the results stays', () => {
    const second = { ...check, planes: [] };
    const session = readySession(...[started, ready, finished, accept, started], {
      type: 'review/ready',
      check: second,
    });
    expect(shownReview(session)?.check).toBe(second);
    const cancelled = play(session, { type: 'run/cancelling' }, { type: 'run/cancelled' });
    expect(shownReview(cancelled)).toMatchObject({ check, review: 'accepted' });
  });

  it('rejected, marks the results', () => {
    const { outcome } = readySession(started, ready, finished, reject);
    expect(outcome?.result.registration.review).toBe('rejected');
  });

  it('asks for the scanner geometry, which makes the results on screen outdated', () => {
    const before = readySession();
    const session = play(before, { type: 'registration/chosen', registration: 'identity' });
    const viewer = {
      imageSource: () => ({ kind: 'files', files: [] }) as const,
      readDrawnTumour: () => {
        throw new Error('nothing is drawn');
      },
    };
    expect(buildRequest(session, viewer).registration).toBe('identity');
    expect(buildRequest(before, viewer)).not.toHaveProperty('registration');
    expect(inputsOf(session)).not.toBe(inputsOf(before));
  });
});

describe('the linked viewports', () => {
  const view = { check, linked: true };
  const link = new SeriesLink(() => view);

  it('find a point of one series in the other and back', () => {
    expect(link.between('1.1', '1.2')).toEqual(check.summary.matrix);
    expect(link.between('1.2', '1.1')?.slice(0, 12)).toEqual([
      1, 0, 0, -4, 0, 1, 0, 2, 0, 0, 1, -6,
    ]);
    expect(link.between('1.1', '1.3')).toBeNull();
    const rejected = new SeriesLink(() => ({ check, linked: false }));
    expect(rejected.between('1.1', '1.2')).toBeNull();
  });

  it('follow the registration, also between frames of reference', () => {
    const stack = [0, 3, 6, 9, 12].map((z) => plane(z, 'b'));
    expect(nearestSlice(plane(3, 'a'), stack)).toBeNull();
    const moved = movedPlane(plane(3, 'a'), check.summary.matrix, 'b');
    expect(nearestSlice(moved, stack)).toBe(3);
    expect(sliceThrough([50, 50, 10.4], stack)).toEqual({
      index: 3,
      distanceMm: expect.closeTo(1.4),
    });
  });

  it('are held while both are moved', async () => {
    const held: boolean[] = [];
    await link.hold(async () => void held.push(link.isHeld()));
    expect([...held, link.isHeld()]).toEqual([true, false]);
  });

  function plane(z: number, frameOfReferenceUID: string) {
    return {
      frameOfReferenceUID,
      imagePositionPatient: [0, 0, z],
      rowCosines: [1, 0, 0],
      columnCosines: [0, 1, 0],
      rows: 64,
      columns: 64,
      rowPixelSpacing: 1,
      columnPixelSpacing: 1,
    };
  }
});

describe('the picture', () => {
  it('begins at the tumour, follows the crosshair, and keeps its place on other slices', () => {
    const view = createReviewView();
    view.dispatch({ type: 'shown', check, linked: true });
    // Nothing is drawn over the images until the step is open in the panel.
    expect(view.get()).toMatchObject({ z: 1, open: false });
    const pointMm = pointAt(check, 2, 3, 2);
    view.dispatch({ type: 'pointed', pointMm });
    expect(view.get().z).toBe(2);
    expect(focusOf(view.get())).toEqual(pointMm);
    view.dispatch({ type: 'sliced', z: 0 });
    expect(focusOf(view.get())).toEqual(pointAt(check, 2, 3, 0));
    view.dispatch({ type: 'sliced', z: 99 });
    expect(view.get().z).toBe(2);
    view.dispatch({ type: 'crosshair', on: false });
    expect(view.get().pointMm).toBeNull();
  });

  it('outlines voxels along their edges', () => {
    const one = Uint8Array.of(0, 0, 0, 0, 1, 0, 0, 0, 0);
    expect(edgesOf(one, 3, 3)).toHaveLength(4);
    expect(edgesOf(Uint8Array.of(1, 1), 2, 1)).toHaveLength(6);
  });

  it('shows the whole slice or what surrounds the tumour', () => {
    const whole = fieldOfView(check, false);
    expect(whole).toEqual({ left: -0.5, top: -0.5, widthMm: 200, heightMm: 160 });
    const close = fieldOfView(check, true);
    expect(close.heightMm).toBeLessThan(whole.heightMm);
    expect(close.widthMm).toBeLessThan(whole.widthMm);
    const empty: RegistrationCheck = { ...check, planes: [] };
    expect(fieldOfView(empty, true)).toEqual(whole);
  });
});
