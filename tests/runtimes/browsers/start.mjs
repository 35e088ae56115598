// What the first page runs: it opens everything else.
const pages = new URL(location.href).searchParams.get('pages') ?? ''
for (const page of pages.split(',')) {
  const frame = document.createElement('iframe')
  frame.src = `/${page}.html?way=${page}`
  document.body.append(frame)
}
new Worker('/bundled.js?way=module-worker', { type: 'module' })
await navigator.serviceWorker.register('/service-worker.js?way=service-worker')
