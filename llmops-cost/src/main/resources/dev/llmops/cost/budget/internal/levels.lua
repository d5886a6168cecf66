-- ARGV: cell and oldest cell of each counter
local answer = {}
for i = 1, counters() do
  local counter, holds = counter_keys(i)
  prune(counter, holds)
  local spent, held = level(counter, tonumber(ARGV[2 * i]), tonumber(ARGV[2 * i + 1]))
  table.insert(answer, digits(spent))
  table.insert(answer, digits(held))
end
return answer
