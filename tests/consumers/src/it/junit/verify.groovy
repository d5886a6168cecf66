String log = new File(basedir, 'build.log').text
assert log.contains('Tests run: 2, Failures: 0, Errors: 0, Skipped: 0') : 'the tests did not run'
assert new File(basedir, 'target/llmops/index.html').exists() : 'no report was written'
true
