/** Progress on stderr: a bar that redraws itself on a terminal, plain lines otherwise. */
export interface Progress {
  /** `fraction` 0 to 1. */
  step(label: string, fraction: number): void;
  /** A line that stays. */
  say(line: string): void;
  /** Removes the bar, so that results do not follow it on the same line. */
  end(): void;
}

const BAR_CELLS = 24;

const SILENT: Progress = { step: () => undefined, say: () => undefined, end: () => undefined };

export function createProgress(
  quiet: boolean,
  stream: NodeJS.WriteStream = process.stderr,
): Progress {
  if (quiet) return SILENT;
  return stream.isTTY ? barOn(stream) : linesOn(stream);
}

function barOn(stream: NodeJS.WriteStream): Progress {
  const clear = (): void => {
    stream.write('\r\u001b[2K');
  };
  return {
    step(label, fraction) {
      const filled = Math.round(BAR_CELLS * Math.min(1, Math.max(0, fraction)));
      clear();
      stream.write(`${'█'.repeat(filled)}${'░'.repeat(BAR_CELLS - filled)} ${label}`);
    },
    say(line) {
      clear();
      stream.write(`${line}\n`);
    },
    end: clear,
  };
}

function linesOn(stream: NodeJS.WriteStream): Progress {
  let last = '';
  return {
    step(label) {
      if (label === last) return;
      last = label;
      stream.write(`${label}\n`);
    },
    say(line) {
      stream.write(`${line}\n`);
    },
    end: () => undefined,
  };
}
