import path from 'node:path';
import type { Page } from 'playwright-core';
import { PLUGIN_PATH } from '../../../server/appConfig';

/** How long the main thread did nothing else, and in which function it mostly was. */
export interface Blocking {
  /** The longest stretch in which our code was on the stack, what it called in the viewer included. */
  readonly ours: string;
  /** The longest task of all, the viewer's drawing included. */
  readonly all: string;
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
  const ourNodes = nodesBelowOurs(profile);
  const ours = new LongestStretch();
  const all = new LongestStretch();
  profile.samples?.forEach((node, index) => {
    // A delta is the time before its sample: what a sample shows lasts until the next one.
    const milliseconds = (profile.timeDeltas?.[index + 1] ?? 0) / 1000;
    const { functionName = '', url = '' } = functionOf.get(node) ?? {};
    const place =
      `${functionName || 'a function'} ${url && `of ${path.posix.basename(url)}`}`.trim();
    ours.take(ourNodes.has(node), place, milliseconds);
    all.take(!PAUSES.has(functionName), place, milliseconds);
  });
  return { ours: ours.toString(), all: all.toString() };
}

/** Samples follow each other; those that belong together make a stretch. */
class LongestStretch {
  private milliseconds = 0;
  private selfTimes = new Map<string, number>();
  private longest = { milliseconds: 0, mostlyIn: '' };

  take(belongs: boolean, functionName: string, milliseconds: number): void {
    if (!belongs) {
      this.milliseconds = 0;
      this.selfTimes = new Map();
      return;
    }
    this.milliseconds += milliseconds;
    this.selfTimes.set(functionName, (this.selfTimes.get(functionName) ?? 0) + milliseconds);
    if (this.milliseconds <= this.longest.milliseconds) return;
    const [mostlyIn] = [...this.selfTimes].reduce((most, next) =>
      next[1] > most[1] ? next : most,
    );
    this.longest = { milliseconds: this.milliseconds, mostlyIn };
  }

  toString(): string {
    return `${this.longest.milliseconds.toFixed(0)} ms, mostly in ${this.longest.mostlyIn}`;
  }
}

/** The nodes of the profile with a function of ours on their stack. */
function nodesBelowOurs({ nodes }: Profile): Set<number> {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const found = new Set<number>();
  const visit = (id: number, below: boolean): void => {
    const node = byId.get(id);
    if (!node) return;
    const ours = below || node.callFrame.url.includes(PLUGIN_PATH);
    if (ours) found.add(id);
    node.children?.forEach((child) => {
      visit(child, ours);
    });
  };
  if (nodes.length > 0) visit(nodes[0].id, false);
  return found;
}
