String log = new File(basedir, 'build.log').text
assert log.contains('calls: 1.0') : 'the call was not counted'
assert !log.contains(' is present') : 'an optional library came along'
assert log =~ /redis: IllegalStateException .*io.lettuce:lettuce-core/ : 'Redis does not name the artifact to add'
assert log =~ /(?s)ledger: Illegal\w+Exception .*com.h2database:h2/ : 'the ledger does not name the artifact to add'
assert !log.contains('NoClassDefFoundError') : 'a class failed to link'
true
