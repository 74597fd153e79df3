import type { Page } from 'playwright-core';
import { PLUGIN_PATH } from '../../../server/appConfig';

/** How long the main thread did nothing else, in ms. */
export interface Blocking {
  /** The longest stretch in which our code was on the stack, and the function of ours that began it. */
  readonly ours: number;
  readonly ourFunction: string;
  /** The longest task of all, the viewer's drawing included, and where it spent most of its time. */
  readonly all: number;
  readonly allIn: string;
}

/** The part of a DevTools profile that is read here. */
interface Profile {
  readonly nodes: readonly {
    readonly id: number;
    readonly callFrame: { readonly url: string; readonly functionName: string };
    readonly children?: number[];
  }[];
  readonly samples?: number[];
  readonly timeDeltas?: number[];
}

interface Stretch {
  milliseconds: number;
  readonly selfTimes: Map<string, number>;
}

const PAUSES = new Set(['(idle)', '(program)']);

/** Profiles the page's main thread while `work` runs; workers are not looked at. */
export async function watchMainThread<T>(
  page: Page,
  work: () => Promise<T>,
): Promise<{ result: T; blocking: Blocking }> {
  const session = await page.context().newCDPSession(page);
  await session.send('Profiler.enable');
  await session.send('Profiler.setSamplingInterval', { interval: 1000 });
  await session.send('Profiler.start');
  const result = await work();
  const { profile } = await session.send('Profiler.stop');
  await session.detach();
  return { result, blocking: blockingIn(profile) };
}

function blockingIn(profile: Profile): Blocking {
  const functionOf = new Map(profile.nodes.map(({ id, callFrame }) => [id, callFrame]));
  const ourEntry = ourEntries(profile);
  const longest = { ours: 0, ourFunction: '', all: 0, allIn: '' };
  let mine = 0;
  let task: Stretch = { milliseconds: 0, selfTimes: new Map() };
  profile.samples?.forEach((node, index) => {
    // A delta is the time before its sample: what a sample shows lasts until the next one.
    const milliseconds = (profile.timeDeltas?.[index + 1] ?? 0) / 1000;
    const name = functionOf.get(node)?.functionName ?? '';
    const entry = ourEntry.get(node);
    mine = entry === undefined ? 0 : mine + milliseconds;
    if (entry !== undefined && mine > longest.ours)
      Object.assign(longest, { ours: mine, ourFunction: entry });
    if (PAUSES.has(name)) {
      task = { milliseconds: 0, selfTimes: new Map() };
      return;
    }
    task.milliseconds += milliseconds;
    task.selfTimes.set(name, (task.selfTimes.get(name) ?? 0) + milliseconds);
    if (task.milliseconds > longest.all)
      Object.assign(longest, { all: task.milliseconds, allIn: heaviest(task) });
  });
  return longest;
}

/** Node of the profile -> name of the outermost function of ours on its stack. */
function ourEntries({ nodes }: Profile): Map<number, string> {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const entries = new Map<number, string>();
  const visit = (id: number, inherited: string | undefined): void => {
    const node = byId.get(id);
    if (!node) return;
    const { url, functionName } = node.callFrame;
    const ours = url.includes(PLUGIN_PATH) ? functionName || '(anonymous)' : undefined;
    const entry = inherited ?? ours;
    if (entry !== undefined) entries.set(id, entry);
    node.children?.forEach((child) => {
      visit(child, entry);
    });
  };
  if (nodes.length > 0) visit(nodes[0].id, undefined);
  return entries;
}

function heaviest({ selfTimes }: Stretch): string {
  return [...selfTimes].reduce((most, next) => (next[1] > most[1] ? next : most))[0];
}
