// The entry point `recreq/slim`: the providers without the engine's module, for those who bring it themselves.
import { connectAll } from './connecting-all.js'
import { answers as realtimekitAnswers } from './generated/realtimekit.answers.js'
import { image as realtimekitImage } from './generated/realtimekit.image.js'
import { service as realtimekitService } from './generated/realtimekit.service.js'
import type * as realtimekitModule from './generated/realtimekit.js'
import { answers as recallAnswers } from './generated/recall.answers.js'
import { image as recallImage } from './generated/recall.image.js'
import { service as recallService } from './generated/recall.service.js'
import type * as recallModule from './generated/recall.js'
import { answers as videosdkAnswers } from './generated/videosdk.answers.js'
import { image as videosdkImage } from './generated/videosdk.image.js'
import { service as videosdkService } from './generated/videosdk.service.js'
import type * as videosdkModule from './generated/videosdk.js'

export * from './shared-exports.js'

/**
 * What `recreq/realtimekit` exports, run by the module that is given: the package's `recreq/recreq.wasm`, compiled. Providers
 * that are given the same module share one engine.
 *
 * @throws {@link EngineUnavailableError} when the engine cannot be started.
 * @example
 * ```ts
 * import module from 'recreq/recreq.wasm'
 * import * as slim from 'recreq/slim'
 *
 * const realtimekit = slim.realtimekit(module)
 * ```
 */
export function realtimekit(module: WebAssembly.Module): typeof realtimekitModule {
  const provider = connectAll(module, 'realtimekit', realtimekitImage, realtimekitAnswers)
  return { ...provider, service: realtimekitService } as typeof realtimekitModule
}

/**
 * What `recreq/recall` exports, run by the module that is given: the package's `recreq/recreq.wasm`, compiled. Providers
 * that are given the same module share one engine.
 *
 * @throws {@link EngineUnavailableError} when the engine cannot be started.
 * @example
 * ```ts
 * import url from 'recreq/recreq.wasm?url'
 * import * as slim from 'recreq/slim'
 *
 * const recall = slim.recall(await WebAssembly.compileStreaming(fetch(url)))
 * ```
 */
export function recall(module: WebAssembly.Module): typeof recallModule {
  const provider = connectAll(module, 'recall', recallImage, recallAnswers)
  return { ...provider, service: recallService } as typeof recallModule
}

/**
 * What `recreq/videosdk` exports, run by the module that is given: the package's `recreq/recreq.wasm`, compiled. Providers
 * that are given the same module share one engine.
 *
 * @throws {@link EngineUnavailableError} when the engine cannot be started.
 * @example
 * ```ts
 * import module from 'recreq/recreq.wasm'
 * import * as slim from 'recreq/slim'
 *
 * const videosdk = slim.videosdk(module)
 * ```
 */
export function videosdk(module: WebAssembly.Module): typeof videosdkModule {
  const provider = connectAll(module, 'videosdk', videosdkImage, videosdkAnswers)
  return { ...provider, service: videosdkService } as typeof videosdkModule
}
