// Names in words, for people: `video_mixed_mp4` is "Video mixed MP4", `preSignedUrl` is "Pre signed URL".

// Words that are written in another way than in small letters, and names that are several words in a key.
const capitals =
  'AAC API AWS CVV FLV GCS H264 IAB ID ID3 JSON MP3 MP4 PII PNG RTMP SDK SFTP URL VAD VP8 VP9 WAV DigitalOcean ElevenLabs RealtimeKit WebM WebSocket'
const spellings = new Map(capitals.split(' ').map((word) => [word.toLowerCase(), word]))
spellings.set('recallai', 'Recall.ai')
const names = new Map([['assembly ai', 'AssemblyAI']])

/**
 * A name in words.
 * @param {string} name in snake_case, camelCase, kebab-case or CAPITALS
 */
export function labelOf(name) {
  const words = name
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2')
    .split(/[\s_.-]+/)
    .filter((word) => word !== '')
    .map((word) => spellings.get(word.toLowerCase()) ?? word.toLowerCase())
  let sentence = words.join(' ')
  for (const [key, name] of names) sentence = sentence.replace(key, name)
  return sentence.slice(0, 1).toUpperCase() + sentence.slice(1)
}

/**
 * What one of several things is called: of "Languages", each is a "Language".
 * @param {string} label
 */
export function singular(label) {
  const word = label.replace(/ies$/, 'y').replace(/(?<!s)s$/, '')
  return word === label ? 'Entry' : word
}

/**
 * The labels of values among which a field chooses. Codes stand for themselves: languages, regions, and the dotted names of
 * events, which people know as they are.
 * @param {readonly unknown[]} values
 * @returns {string[]}
 */
export function valueLabels(values) {
  const areCodes = values.some((value) => typeof value !== 'string' || /^[a-z]{2}$|\.|-\d/.test(value))
  return values.map((value) => (areCodes ? String(value) : labelOf(String(value))))
}
