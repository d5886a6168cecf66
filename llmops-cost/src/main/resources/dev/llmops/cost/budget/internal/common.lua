-- Every amount is a whole number of billionths. KEYS[1] is the call; then come pairs: a counter's hash (spend by cell,
-- and the sum of its holds under 'held') and its sorted set of holds (member 'call|amount', score: expiry).
-- ARGV[1] is the caller's time in milliseconds, or -1 for this server's.
local now = tonumber(ARGV[1])
if now < 0 then
  local time = redis.call('TIME')
  now = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
end

-- Lua's own conversion writes large numbers with an exponent.
local function digits(number)
  return string.format('%.0f', number)
end

local function minus(amount)
  return digits(0 - tonumber(amount))
end

local function counters()
  return (#KEYS - 1) / 2
end

local function counter_keys(i)
  return KEYS[2 * i], KEYS[2 * i + 1]
end

local function prune(counter, holds)
  local expired = redis.call('ZRANGEBYSCORE', holds, '-inf', now)
  for _, member in ipairs(expired) do
    redis.call('HINCRBY', counter, 'held', minus(string.match(member, '%d+$')))
  end
  if #expired > 0 then
    redis.call('ZREMRANGEBYSCORE', holds, '-inf', now)
  end
end

-- Cells a window's length older than the oldest that counts are dropped; younger ones stay for callers whose clocks are behind.
local function level(counter, cell, oldest)
  local spent, held = 0, 0
  local fields = redis.call('HGETALL', counter)
  for i = 1, #fields, 2 do
    local name, value = fields[i], tonumber(fields[i + 1])
    if name == 'held' then
      held = value
    elseif tonumber(name) >= oldest then
      spent = spent + value
    elseif tonumber(name) < 2 * oldest - cell then
      redis.call('HDEL', counter, name)
    end
  end
  return spent, held
end

local function retain(counter, holds, millis)
  redis.call('PEXPIRE', counter, millis)
  redis.call('PEXPIRE', holds, millis)
end
