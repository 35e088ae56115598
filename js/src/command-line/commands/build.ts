// `recreq build`: makes a request and shows it, in the form in which it is wanted.
import { type Command, oneOf } from '../command.js'
import { ExitCode } from '../exit.js'
import { prepareRequest, requestOptions } from '../request/prepared-request.js'
import { requestFormats, requestText } from '../request/request-text.js'

export const build: Command = {
  words: '<operation> [file]',
  about:
    'Makes the request of an operation and shows it; nothing is sent. The file holds the body, as JSON; - is standard input. ' +
    'Everything else that the operation takes is given as options.\n' +
    'The credential stands there as a reference to the environment, such as $RECALL_API_KEY. What is wrong, or worth knowing, is said on stderr.',
  examples: [
    'recreq build recall.startRecording config.json --region us-west-2 --id "$BOT"',
    'recreq build recall.startRecording config.json --region us-west-2 --id "$BOT" --format curl | sh',
    'recreq build videosdk.listRecordings --room-id abcd-efgh-ijkl --page 2 --format python',
  ],
  options: () => ({
    ...requestOptions(),
    format: { value: requestFormats.join('|'), about: 'How to show it; http unless something else is asked for.' },
  }),
  async run(given) {
    const format = oneOf('format', given.value('format') ?? 'http', requestFormats)
    const prepared = await prepareRequest(given)
    if (typeof prepared === 'number') return prepared
    process.stdout.write(requestText(format, prepared))
    return ExitCode.fine
  },
}
