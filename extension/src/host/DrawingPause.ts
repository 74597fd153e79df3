/** Strokes come many times a second; a drawing is read when the hand rests, or after a while without a rest. */
const REST_MS = 1000;
const LONGEST_MS = 5000;

/** Calls back with each segmentation that was drawn on, and when its last stroke was. */
export class DrawingPause {
  private readonly touched = new Map<string, number>();
  private since: number | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly onPause: (segmentationId: string, at: number) => void) {}

  stroke(segmentationId: string): void {
    const now = Date.now();
    this.since ??= now;
    this.touched.set(segmentationId, now);
    clearTimeout(this.timer);
    const wait = Math.min(REST_MS, this.since + LONGEST_MS - now);
    this.timer = setTimeout(() => this.flush(), Math.max(0, wait));
  }

  /** What is waiting is done now. */
  flush(): void {
    clearTimeout(this.timer);
    this.since = null;
    const touched = [...this.touched];
    this.touched.clear();
    for (const [segmentationId, at] of touched) this.onPause(segmentationId, at);
  }
}
