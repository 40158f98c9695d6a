-- A sale is a part of a campaign: sales that were saved before become campaigns that have nothing else.
UPDATE plan SET body = json_object(
    'kind', 'campaign',
    'name', name,
    'template', 'sale_event',
    'starts', body ->> 'starts',
    'ends', body ->> 'ends',
    'sale', json(json_remove(body, '$.kind'))
) WHERE body ->> 'kind' = 'sale';
