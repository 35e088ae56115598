// What the first page runs: it opens everything else.
const results = new URLSearchParams(location.search)
for (const page of ['bundled', 'unbundled', 'forbidden']) {
  const frame = document.createElement('iframe')
  frame.src = `/${page}.html?way=${page}`
  document.body.append(frame)
}
new Worker('/bundled.js?way=module-worker', { type: 'module' })
if (!results.has('without-service-worker')) await navigator.serviceWorker.register('/service-worker.js?way=service-worker')
