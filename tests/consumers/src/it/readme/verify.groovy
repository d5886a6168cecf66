String log = new File(basedir, 'build.log').text
assert log.contains('llm.tokens') && log.contains('value=812.0') : 'the input tokens of the call are not among the printed meters'
assert log.contains('llm.time.to.first.token') : 'the time to first token is not among the printed meters'
true
