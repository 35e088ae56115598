// What the first page runs: it opens everything else.
for (const page of ['bundled', 'unbundled', 'forbidden', 'large']) {
  const frame = document.createElement('iframe')
  frame.src = `/${page}.html?way=${page}`
  document.body.append(frame)
}
new Worker('/bundled.js?way=module-worker', { type: 'module' })
await navigator.serviceWorker.register('/service-worker.js?way=service-worker')
