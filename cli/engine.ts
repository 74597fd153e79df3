import { availableParallelism } from 'node:os';
import { elastixNodeEngine } from '../src/register/elastixNode';
import type { RigidEngine } from '../src/register/engine';
import { engineBeside } from '../src/workers/engineBeside';
import { nodeRigidWorker } from '../src/workers/nodeRigidWorker';

/** elastix, in a thread of its own where another core can do the rest of the chain meanwhile. */
export function rigidEngine(): RigidEngine {
  return availableParallelism() > 1
    ? engineBeside(nodeRigidWorker, elastixNodeEngine)
    : elastixNodeEngine;
}
