-- ARGV[2..4]: amount, cell, retain time of the one counter
local counter, holds = counter_keys(1)
if redis.call('EXISTS', counter) == 1 then
  return 'WARM'
end
redis.call('HINCRBY', counter, ARGV[3], ARGV[2])
retain(counter, holds, ARGV[4])
return 'SEEDED'
