-- ARGV[2..4]: call id, amount, remember time; then cell and retain time of each counter
local call, amount = ARGV[2], ARGV[3]
local state = redis.call('GET', KEYS[1])
if state == 'settled' then
  return 'REPEATED'
end
local met = 'UNHELD'
if state then
  met = 'LATE'
end
for i = 1, counters() do
  local counter, holds = counter_keys(i)
  local at = 5 + 2 * (i - 1)
  prune(counter, holds)
  if state and redis.call('ZREM', holds, call .. '|' .. state) == 1 then
    redis.call('HINCRBY', counter, 'held', minus(state))
    met = 'ON_TIME'
  end
  redis.call('HINCRBY', counter, ARGV[at], amount)
  retain(counter, holds, ARGV[at + 1])
end
redis.call('SET', KEYS[1], 'settled', 'PX', ARGV[4])
return met
