-- KEYS: for each settlement its call, then the pairs of its counters.
-- ARGV[2]: the number of settlements; then for each: call id, amount, remember time, number of counters, and the cell and
-- retain time of each counter. Answers what each settlement met.
local answer, key, at = {}, 1, 3
for _ = 1, tonumber(ARGV[2]) do
  local call_key, call, amount, remember = KEYS[key], ARGV[at], ARGV[at + 1], ARGV[at + 2]
  local size = tonumber(ARGV[at + 3])
  local state = redis.call('GET', call_key)
  local met = 'UNHELD'
  if state == 'settled' then
    met = 'REPEATED'
  else
    if state then
      met = 'LATE'
    end
    for i = 1, size do
      local counter, holds = KEYS[key + 2 * i - 1], KEYS[key + 2 * i]
      local cell, retain_millis = ARGV[at + 2 * i + 2], ARGV[at + 2 * i + 3]
      prune(counter, holds)
      if state and redis.call('ZREM', holds, call .. '|' .. state) == 1 then
        redis.call('HINCRBY', counter, 'held', minus(state))
        met = 'ON_TIME'
      end
      redis.call('HINCRBY', counter, cell, amount)
      retain(counter, holds, retain_millis)
    end
    redis.call('SET', call_key, 'settled', 'PX', remember)
  end
  table.insert(answer, met)
  key = key + 1 + 2 * size
  at = at + 4 + 2 * size
end
return answer
