import type { ReactNode } from 'react';
import { Icon } from './Icon';

export interface MessageProps {
  readonly tone: 'error' | 'caution' | 'info';
  readonly testId?: string;
  /** Announced at once; only for what the user has to know now. */
  readonly urgent?: boolean;
  readonly children: ReactNode;
}

export function Message({ tone, testId, urgent = false, children }: MessageProps) {
  return (
    <div
      className={`sts-message sts-message-${tone}`}
      data-testid={testId}
      role={urgent ? 'alert' : undefined}
    >
      <Icon name={tone === 'info' ? 'info' : 'caution'} />
      <div>{children}</div>
    </div>
  );
}
