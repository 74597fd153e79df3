import { useEffect, useRef, useState } from 'react';

export interface DiscardButtonProps {
  readonly testId: string;
  readonly what?: string;
  readonly onDiscard: () => void;
}

/** Asks once more: what is discarded is gone, and the first click may have been meant for a neighbour. */
export function DiscardButton({ testId, what = 'the result', onDiscard }: DiscardButtonProps) {
  const [asking, setAsking] = useState(false);
  const keep = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    // The harmless answer is the one that the Enter key gives.
    if (asking) keep.current?.focus();
  }, [asking]);
  if (!asking) {
    return (
      <button
        type="button"
        className="sts-button"
        data-testid={testId}
        onClick={() => setAsking(true)}
      >
        Discard…
      </button>
    );
  }
  return (
    <div className="sts-confirm" role="group" aria-label={`Discard ${what}?`}>
      <span>Discard it for good?</span>
      <button
        ref={keep}
        type="button"
        className="sts-button"
        data-testid={`${testId}-no`}
        onClick={() => setAsking(false)}
      >
        Keep
      </button>
      <button
        type="button"
        className="sts-button sts-danger"
        data-testid={`${testId}-yes`}
        onClick={() => {
          setAsking(false);
          onDiscard();
        }}
      >
        Discard
      </button>
    </div>
  );
}
