-- ARGV[2..5]: call id, amount, hold time, remember time; then cell, oldest cell, ceiling (-1: none), retain time of each counter
local call, amount = ARGV[2], ARGV[3]
local hold_millis, remember_millis = tonumber(ARGV[4]), tonumber(ARGV[5])
local state = redis.call('GET', KEYS[1])
local answer, room = {''}, true
for i = 1, counters() do
  local counter, holds = counter_keys(i)
  local at = 6 + 4 * (i - 1)
  prune(counter, holds)
  local spent, held = level(counter, tonumber(ARGV[at]), tonumber(ARGV[at + 1]))
  local ceiling = tonumber(ARGV[at + 2])
  room = room and (ceiling < 0 or spent + held + tonumber(amount) <= ceiling)
  table.insert(answer, digits(spent))
  table.insert(answer, digits(held))
end

if state == 'settled' then
  answer[1] = 'SETTLED_BEFORE'
elseif state and counters() > 0 and redis.call('ZSCORE', KEYS[3], call .. '|' .. state) then
  answer[1] = 'TAKEN'
elseif not room then
  answer[1] = 'NO_ROOM'
else
  for i = 1, counters() do
    local counter, holds = counter_keys(i)
    redis.call('HINCRBY', counter, 'held', amount)
    redis.call('ZADD', holds, now + hold_millis, call .. '|' .. amount)
    retain(counter, holds, math.max(tonumber(ARGV[6 + 4 * (i - 1) + 3]), hold_millis + remember_millis))
  end
  redis.call('SET', KEYS[1], amount, 'PX', hold_millis + remember_millis)
  answer[1] = 'TAKEN'
end
return answer
