String log = new File(basedir, 'build.log').text
assert log.contains('modules: module consumer uses module dev.llmops.core') : 'the library was not read as a module'
assert log.contains('calls: 1.0') : 'the call was not counted'
true
