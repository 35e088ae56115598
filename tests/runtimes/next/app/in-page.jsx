'use client'
// A client component, which checks a body while it is rendered, on the server and in the page. The page runs the cases, too, and
// tells the address that it was given.
import { useEffect } from 'react'
import * as recreq from 'recreq'
import { startRecording } from 'recreq/recall'
import { digestOf } from '../program.mjs'

export function InPage() {
  useEffect(() => {
    const address = new URLSearchParams(location.search).get('tell')
    /** @param {object} outcome */
    const tell = (outcome) => fetch(address, { method: 'POST', mode: 'no-cors', body: JSON.stringify(outcome) })
    fetch('/cases.json')
      .then((response) => response.json())
      .then((cases) => digestOf(recreq, cases))
      .then(tell, (error) => tell({ error: String(error) }))
  }, [])
  const { errors } = startRecording.body.check({ real_time_endpoints: [] })
  return <p>{errors[0].message}</p>
}
